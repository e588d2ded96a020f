from django.apps import AppConfig
from django.urls import register_converter

from allervers.directory.idents import IdentConverter


class DirectoryConfig(AppConfig):
    name = "allervers.directory"

    def ready(self) -> None:
        register_converter(IdentConverter, "ident")  # for the addresses of every app that shows records
