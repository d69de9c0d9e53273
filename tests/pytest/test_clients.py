"""The server as three editors meet it, by the capabilities that they really send, in all three encodings.

run.sh installs what this needs and starts it. The client is pytest-lsp, which knows nothing of this server: what it
takes is what the protocol says.
"""
import os
import pathlib
import shutil

import pytest
import pytest_lsp
from lsprotocol import types as lsp
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

SERVER = [os.environ["WHOSAID_BINARY"], "lsp"]
NOTES = pathlib.Path(__file__).parent.parent / "editors" / "workspace"

# An emoji before the name: two units in UTF-16, four in UTF-8, one in UTF-32.
TEXT = "😀 Nadim Haddad spoke.\n\nThe port handled 38 million tonnes in 2030.\n"
COLUMNS = {"utf-8": (5, 17), "utf-16": (3, 15), "utf-32": (2, 14)}


class Session:
    """A started server, its client and what was agreed."""

    def __init__(self, client, result, uri, name):
        self.client, self.uri, self.name = client, uri, name
        self.capabilities = result.capabilities
        agreed = result.capabilities.position_encoding or "utf-16"
        self.encoding = getattr(agreed, "value", agreed)

    def open(self, uri, text):
        item = lsp.TextDocumentItem(uri=uri, language_id="markdown", version=1, text=text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=item))

    async def findings(self, uri):
        if self.capabilities.diagnostic_provider:
            asked = lsp.DocumentDiagnosticParams(text_document=lsp.TextDocumentIdentifier(uri=uri))
            return (await self.client.text_document_diagnostic_async(asked)).items
        while uri not in self.client.diagnostics:
            await self.client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        return self.client.diagnostics[uri]


# What the server may ask of an editor with these capabilities, and any editor agrees to.
AGREED = [
    lsp.CLIENT_REGISTER_CAPABILITY,
    lsp.WORKSPACE_CODE_LENS_REFRESH,
    lsp.WORKSPACE_INLAY_HINT_REFRESH,
    lsp.WORKSPACE_SEMANTIC_TOKENS_REFRESH,
]

EDITORS = ["visual_studio_code", "neovim", "emacs"]
CASES = [(editor, encoding) for editor in EDITORS for encoding in COLUMNS]


@pytest_lsp.fixture(
    params=CASES,
    ids=["-".join(case) for case in CASES],
    config=ClientServerConfig(server_command=SERVER),
)
async def session(request, lsp_client: LanguageClient, tmp_path):
    editor, encoding = request.param
    for method in AGREED:
        lsp_client.feature(method)(lambda *_: None)
    notes = tmp_path / "notes"
    shutil.copytree(NOTES, notes)
    capabilities = client_capabilities(editor)
    capabilities.general = capabilities.general or lsp.GeneralClientCapabilities()
    capabilities.general.position_encodings = [lsp.PositionEncodingKind(encoding)]
    folder = lsp.WorkspaceFolder(uri=notes.as_uri(), name="notes")
    result = await lsp_client.initialize_session(
        lsp.InitializeParams(capabilities=capabilities, root_uri=notes.as_uri(), workspace_folders=[folder])
    )
    started = Session(lsp_client, result, (notes / "draft.md").as_uri(), editor)
    assert started.encoding == encoding
    lsp_client.session = started
    yield
    await lsp_client.shutdown_session()


def at(uri, line, character):
    return {"text_document": lsp.TextDocumentIdentifier(uri=uri), "position": lsp.Position(line, character)}


@pytest.mark.asyncio
async def test_positions_hold_past_an_emoji(session: LanguageClient):
    desk = session.session
    desk.open(desk.uri, TEXT)
    start, end = COLUMNS[desk.encoding]
    hover = await session.text_document_hover_async(lsp.HoverParams(**at(desk.uri, 0, start + 1)))
    assert "Nadim Haddad" in hover.contents.value
    assert hover.range == lsp.Range(lsp.Position(0, start), lsp.Position(0, end))


@pytest.mark.asyncio
async def test_a_finding_has_fixes_that_are_edits_and_goes_with_its_cause(session: LanguageClient):
    desk = session.session
    desk.open(desk.uri, TEXT)
    found = await desk.findings(desk.uri)
    assert [(one.code, one.source) for one in found] == [("A101", "whosaid")]
    context = lsp.CodeActionContext(diagnostics=found)
    document = lsp.TextDocumentIdentifier(uri=desk.uri)
    asked = lsp.CodeActionParams(text_document=document, range=found[0].range, context=context)
    actions = await session.text_document_code_action_async(asked)
    assert actions and all(action.title for action in actions)
    complete = [action if action.edit else await session.code_action_resolve_async(action) for action in actions]
    assert all(action.edit is not None and action.command is None for action in complete)
    change = lsp.TextDocumentContentChangePartial(
        range=lsp.Range(lsp.Position(2, 42), lsp.Position(2, 42)), text=", the harbour authority said"
    )
    document = lsp.VersionedTextDocumentIdentifier(uri=desk.uri, version=2)
    session.text_document_did_change(lsp.DidChangeTextDocumentParams(text_document=document, content_changes=[change]))
    for _ in range(100):
        if not await desk.findings(desk.uri):
            return
        if not desk.capabilities.diagnostic_provider:
            await session.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    raise AssertionError("the finding stays")


@pytest.mark.asyncio
async def test_every_answer_reads_as_the_protocol_has_it(session: LanguageClient):
    """lsprotocol refuses an answer of the wrong shape: each feature is asked for once."""
    desk = session.session
    desk.open(desk.uri, TEXT)
    start, _ = COLUMNS[desk.encoding]
    here = at(desk.uri, 0, start + 1)
    document = {"text_document": lsp.TextDocumentIdentifier(uri=desk.uri)}
    everything = lsp.Range(lsp.Position(0, 0), lsp.Position(3, 0))
    await session.text_document_definition_async(lsp.DefinitionParams(**here))
    await session.text_document_declaration_async(lsp.DeclarationParams(**here))
    await session.text_document_type_definition_async(lsp.TypeDefinitionParams(**here))
    await session.text_document_implementation_async(lsp.ImplementationParams(**here))
    references = lsp.ReferenceParams(**here, context=lsp.ReferenceContext(include_declaration=True))
    assert await session.text_document_references_async(references)
    assert await session.text_document_document_highlight_async(lsp.DocumentHighlightParams(**here))
    await session.text_document_document_symbol_async(lsp.DocumentSymbolParams(**document))
    await session.workspace_symbol_async(lsp.WorkspaceSymbolParams(query="haddad"))
    await session.text_document_folding_range_async(lsp.FoldingRangeParams(**document))
    positions = [lsp.Position(0, start), lsp.Position(99, 99)]
    ranges = await session.text_document_selection_range_async(lsp.SelectionRangeParams(**document, positions=positions))
    assert len(ranges) == 2
    assert (await session.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(**document))).data
    await session.text_document_semantic_tokens_range_async(lsp.SemanticTokensRangeParams(**document, range=everything))
    await session.text_document_inlay_hint_async(lsp.InlayHintParams(**document, range=everything))
    lenses = await session.text_document_code_lens_async(lsp.CodeLensParams(**document))
    assert [lens.command.title for lens in lenses] == ["1 claim, 1 unsourced"]
    items = await session.text_document_prepare_call_hierarchy_async(lsp.CallHierarchyPrepareParams(**here))
    assert items[0].name == "Nadim Haddad"
    await session.call_hierarchy_incoming_calls_async(lsp.CallHierarchyIncomingCallsParams(item=items[0]))
    await session.call_hierarchy_outgoing_calls_async(lsp.CallHierarchyOutgoingCallsParams(item=items[0]))
    items = await session.text_document_prepare_type_hierarchy_async(lsp.TypeHierarchyPrepareParams(**here))
    await session.type_hierarchy_supertypes_async(lsp.TypeHierarchySupertypesParams(item=items[0]))
    await session.type_hierarchy_subtypes_async(lsp.TypeHierarchySubtypesParams(item=items[0]))
    status = await session.workspace_execute_command_async(lsp.ExecuteCommandParams(command="whosaid.status"))
    assert status["open"] == 1
