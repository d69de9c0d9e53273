;;; whosaid.el --- whosaid for Eglot -*- lexical-binding: t; -*-

;;; Commentary:
;; Who is who, who said what, and what nobody said, in Markdown and plain text.
;; Put this file on the load path and add (require 'whosaid) to your init file; then M-x eglot in a note,
;; or let `whosaid-ensure' start it.

;;; Code:

(require 'eglot)
(require 'project)

(defgroup whosaid nil "Sourcing in prose." :group 'text)

(defcustom whosaid-program "whosaid"
  "The whosaid program."
  :type 'string)

(add-to-list 'eglot-server-programs
             `((markdown-mode gfm-mode markdown-ts-mode text-mode bibtex-mode)
               . ,(lambda (&rest _) (list whosaid-program "lsp"))))

;; A folder with a whosaid.toml is a project, also where no version control says so.
(defun whosaid-project (folder)
  "The project around FOLDER that a whosaid.toml marks."
  (let ((root (locate-dominating-file folder "whosaid.toml")))
    (and root (cons 'transient root))))

(add-hook 'project-find-functions #'whosaid-project t)

;;;###autoload
(defun whosaid-ensure ()
  "Start whosaid in the notes of this folder.
Add it to `markdown-mode-hook' or `text-mode-hook'."
  (eglot-ensure))

;; What the server answers beyond the protocol's own requests.

(defun whosaid--ask (command &rest arguments)
  "Run COMMAND of the server with ARGUMENTS and return its answer."
  (let ((server (or (eglot-current-server) (user-error "No server runs here: M-x eglot"))))
    (jsonrpc-request server :workspace/executeCommand
                     (list :command command :arguments (vconcat arguments)))))

(defun whosaid--show (name markdown)
  "Show MARKDOWN in a buffer called NAME."
  (with-current-buffer (get-buffer-create name)
    (let ((inhibit-read-only t))
      (erase-buffer)
      (insert (if (fboundp 'gfm-view-mode) markdown (whosaid--plain markdown)))
      (goto-char (point-min))
      (if (fboundp 'gfm-view-mode) (gfm-view-mode) (special-mode) (visual-line-mode 1)))
    (display-buffer (current-buffer))))

(defun whosaid--plain (markdown)
  "MARKDOWN without its marks, where no mode shows them."
  (let* ((text (replace-regexp-in-string "\\[\\(\\(?:\\\\.\\|[^]\\\\]\\)*\\)\\](<[^>]*>)" "\\1" markdown))
         (text (replace-regexp-in-string "\\*\\*" "" text)))
    (replace-regexp-in-string "\\\\\\(.\\)" "\\1" text)))

;;;###autoload
(defun whosaid-dossier ()
  "Show what is known of the name at point."
  (interactive)
  (let ((found (whosaid--ask "whosaid.dossier" (eglot--TextDocumentPositionParams))))
    (unless found (user-error "Nothing is known of what stands here"))
    (whosaid--show "*whosaid dossier*" (plist-get found :markdown))))

;;;###autoload
(defun whosaid-claims ()
  "Show each claim of this note and what it rests on."
  (interactive)
  (let ((table (whosaid--ask "whosaid.claims" (list :uri (plist-get (eglot--TextDocumentIdentifier) :uri)))))
    (whosaid--show "*whosaid claims*" (plist-get table :markdown))))

(provide 'whosaid)
;;; whosaid.el ends here
