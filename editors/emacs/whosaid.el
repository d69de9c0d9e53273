;;; whosaid.el --- whosaid for Eglot -*- lexical-binding: t; -*-

;;; Commentary:
;; Who is who, who said what, and what nobody said, in Markdown and plain text.
;; Put this file on the load path and add (require 'whosaid) to your init file; then M-x eglot in a note,
;; or let `whosaid-ensure' start it.

;;; Code:

(require 'eglot)

(defgroup whosaid nil "Sourcing in prose." :group 'text)

(defcustom whosaid-program "whosaid"
  "The whosaid program."
  :type 'string)

(add-to-list 'eglot-server-programs
             `((markdown-mode gfm-mode markdown-ts-mode text-mode)
               . ,(lambda (&rest _) (list whosaid-program "lsp"))))

;;;###autoload
(defun whosaid-ensure ()
  "Start whosaid in the notes of this folder.
Add it to `markdown-mode-hook' or `text-mode-hook'."
  (eglot-ensure))

(provide 'whosaid)
;;; whosaid.el ends here
