//! `workspace/willRenameFiles`: links follow a note that is renamed or moved. That it happened is heard at ingress.

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::lsp_types::{
    FileOperationFilter, FileOperationPattern, FileOperationPatternKind, FileOperationRegistrationOptions,
    RenameFilesParams, WorkspaceEdit, WorkspaceFileOperationsServerCapabilities,
};

use super::request::{Request, RequestContext};
use crate::features::file_rename::{self, Moved};
use crate::lsp::transport::UriKey;
use crate::lsp::view::note_view::NoteView;
use crate::lsp::view::texts::{self, Texts};
use crate::lsp::view::workspace_edit::{self, Annotated};

/// `workspace/willRenameFiles`.
pub(in crate::lsp) struct WillRenameRequest;

impl Request for WillRenameRequest {
    const METHOD: &str = "workspace/willRenameFiles";
    type Params = RenameFilesParams;
    type Answer = Option<WorkspaceEdit>;

    fn answer(context: &RequestContext<'_>, params: Self::Params) -> Result<Self::Answer> {
        will_rename(&context.view, &params)
    }
}

/// Notes, libraries and folders; nothing else is of any concern.
pub(in crate::lsp) fn options() -> WorkspaceFileOperationsServerCapabilities {
    let filter = |glob: &str, kind| FileOperationFilter {
        scheme: Some("file".to_owned()),
        pattern: FileOperationPattern { glob: glob.to_owned(), matches: Some(kind), options: None },
    };
    let of = |files: &str| {
        let filters =
            vec![filter(files, FileOperationPatternKind::File), filter("**", FileOperationPatternKind::Folder)];
        Some(FileOperationRegistrationOptions { filters })
    };
    let notes = "**/*.{md,markdown,mdown,qmd,txt}";
    let all = "**/*.{md,markdown,mdown,qmd,txt,bib,toml,names}";
    WorkspaceFileOperationsServerCapabilities {
        did_create: of(all),
        will_create: None,
        did_rename: of(all),
        will_rename: of(notes),
        did_delete: of(all),
        will_delete: None,
    }
}

fn will_rename(view: &NoteView<'_>, params: &RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
    let path = |uri: &str| {
        let key = UriKey::new(uri);
        key.path().map(|_| view.state.files.path_of(&key))
    };
    let moved =
        params.files.iter().filter_map(|file| Some(Moved { from: path(&file.old_uri)?, to: path(&file.new_uri)? }));
    let moved: Vec<Moved> = moved.filter(|moved| moved.from != moved.to).collect();
    if moved.is_empty() {
        return Ok(None);
    }
    texts::all_known(view)?;
    let moves = file_rename::moves(&view.snapshot, &moved);
    let texts = Texts::read(view, &file_rename::needs(&view.snapshot, &moves), &[])?;
    let edits = file_rename::edits(&texts.snapshot, &moves);
    if edits.is_empty() {
        return Ok(None);
    }
    if !texts.are_current(view) {
        return Err(Error::content_modified());
    }
    let edits = edits.into_iter().map(|edit| Annotated { edit, id: None }).collect();
    let versions = texts.versions();
    let over = NoteView::of_workspace(view.state, texts.snapshot);
    Ok(workspace_edit::annotated(&over, edits, &versions, std::collections::HashMap::new()))
}
