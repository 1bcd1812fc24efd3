"""Addresses: the document and the sheet, of now and of a version, as pages and as files."""

from django.urls import path

from strategies.views import documents, share_links

STRATEGY = "<uuid:strategy>/"
VERSION = f"{STRATEGY}versions/<int:number>/"
LINKS = f"{VERSION}links/"

document = documents.DocumentView.as_view()
sheet = documents.SheetView.as_view()
document_file = documents.DocumentFileView.as_view()
sheet_file = documents.SheetFileView.as_view()

urlpatterns = [
    path(f"{STRATEGY}document/", document, name="document"),
    path(f"{STRATEGY}document/<slug:format>/", document_file, name="document_file"),
    path(f"{STRATEGY}in-short/", sheet, name="sheet"),
    path(f"{STRATEGY}in-short/<slug:format>/", sheet_file, name="sheet_file"),
    path(f"{VERSION}document/", document, name="version_document"),
    path(f"{VERSION}document/<slug:format>/", document_file, name="version_document_file"),
    path(f"{VERSION}in-short/", sheet, name="version_sheet"),
    path(f"{VERSION}in-short/<slug:format>/", sheet_file, name="version_sheet_file"),
    path(LINKS, share_links.LinksView.as_view(), name="links"),
    path(f"{LINKS}<uuid:link>/", share_links.LinkView.as_view(), name="link"),
    path(f"{LINKS}<uuid:link>/revoke/", share_links.RevokeLinkView.as_view(), name="link_revoke"),
]
