"""Addresses of uppdrag and of their accounts."""

from django.urls import path, register_converter

from papers.views.addresses import paper_addresses
from papers.views.versions import FileFormatConverter
from programme.views import account_attest, account_dispatch, accounts, assignments

register_converter(FileFormatConverter, "paperformat")

ACCOUNT = "<slug:slug>/redovisning/<int:number>/"

# The page of one uppdrag stands in desk/assignment_urls.py.
urlpatterns = [
    path("", assignments.list_, name="assignment-list"),
    path("nytt/", assignments.new, name="assignment-new"),
    path("<slug:slug>/andra/", assignments.change, name="assignment-change"),
    path("<slug:slug>/avsluta/", assignments.close, name="assignment-close"),
    path("<slug:slug>/atagande/<int:pk>/gjort/", assignments.fulfil, name="obligation-done"),
    path("<slug:slug>/redovisning/ny/", accounts.new, name="account-new"),
    path(ACCOUNT, accounts.account, name="account-page"),
    path(f"{ACCOUNT}dag/", accounts.due, name="account-due"),
    path(f"{ACCOUNT}avsnitt/<int:order>/", accounts.section, name="account-section"),
    path(f"{ACCOUNT}huvud/", accounts.header, name="account-header"),
    path(f"{ACCOUNT}ny-version/", accounts.new_version, name="account-new-version"),
    path(f"{ACCOUNT}<paperformat:file_format>/", accounts.export, name="account-export"),
    path(f"{ACCOUNT}attest/", account_attest.attest, name="account-attest"),
    path(f"{ACCOUNT}attest/skicka/", account_attest.attest_send, name="account-attest-send"),
    path(f"{ACCOUNT}attest/godkann/", account_attest.attest_approve, name="account-attest-approve"),
    path(f"{ACCOUNT}attest/aterlamna/", account_attest.attest_return, name="account-attest-return"),
    path(f"{ACCOUNT}expediering/", account_dispatch.dispatch, name="account-dispatch"),
    path(f"{ACCOUNT}expediering/paket/", account_dispatch.package, name="account-package"),
    path(f"{ACCOUNT}expediering/fil/<int:file>/", account_dispatch.file, name="account-sent-file"),
    path(f"{ACCOUNT}beslut/", accounts.decision, name="account-decision"),
    path(f"{ACCOUNT}beslut/ratta/", accounts.correct, name="account-decision-correct"),
    *paper_addresses(ACCOUNT, "account", accounts.account_room),
]
