"""Static files, from memory. Their address names the release, so a browser keeps them for ever."""

from aiohttp import web

from queue_server.framework.problems import NotFoundError
from queue_server.web.page_context import DESK


async def serve(request: web.Request) -> web.Response:
    site = request.app[DESK].site
    asset = site.assets.get(request.match_info["path"])
    if asset is None or request.match_info["release"] != site.release:
        raise NotFoundError
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    body = asset.body
    if asset.packed:
        # A cheap phone on a bad network loads a fifth of it.
        headers["Vary"] = "Accept-Encoding"
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            body, headers["Content-Encoding"] = asset.packed, "gzip"
    charset = "utf-8" if asset.content_type.startswith("text/") or asset.content_type.endswith("+xml") else None
    return web.Response(body=body, content_type=asset.content_type, charset=charset, headers=headers)
