"""How a page is shown elsewhere: where its address is pasted into a chat, found by a search, or kept on a phone.

In:  the finished pages, with the figures and charts they show.
Out: the same pages, each with a name and a summary that no other page has, a picture and what says so in its head; the
     pictures, the icons and the manifest as files.
"""

from __future__ import annotations

from portal.sharing.app import make_app_files
from portal.sharing.heads import make_head, name_window
from portal.sharing.missing import find_offers
from portal.sharing.pictures import SITE_PICTURE, Shown, make_shared

__all__ = ["SITE_PICTURE", "Shown", "find_offers", "make_app_files", "make_head", "make_shared", "name_window"]
