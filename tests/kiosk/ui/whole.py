"""Is everything said? What a page knows of its model and must not leave out, whatever the language and the mode."""

from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.kit.frame import PageFrame
from tests.kiosk.ui.fit import plain
from tests.kiosk.ui.stage import Stage, is_kind, is_text

#: From here on languages stand in a grid, and greetings and notices in a few words each.
_MANY = 6
_MOST = 6
_NOTICE = {
    "delay": ("Waiting takes longer than usual today.", "Longer wait"),
    "closing-soon": ("The centre closes soon.", "Closing soon"),
    "system-fault": ("A system does not work now. Your place is safe.", "System fault"),
    "documents-ready": ("Documents that have arrived can be collected today.", "Documents are here"),
    "own": ("Staff have a notice for everybody. Please ask them.", "Notice"),
}
_READER = {
    "ready": "or put your passport on the glass",
    "reading": "Reading. Please do not move it.",
    "again": "Please put it down again.",
    "read": "Your document is read.",
}


def left_out(stage: Stage, frame: PageFrame) -> Iterator[str]:
    """Say what is missing on the page that is shown, one sentence each."""
    shown = {plain(str(item.property("text"))) for item in stage.items() if is_text(item)}
    if frame.page == "language":
        yield from _languages(stage, frame.model, shown)
    if frame.model.get("stops"):
        yield from _stops(stage, frame.model["stops"])
    if "choices" in frame.model:
        yield from _choices(stage, frame)


def _stops(stage: Stage, stops: list[dict[str, str]]) -> Iterator[str]:
    """Each step with its place, the next one at once and the others at the latest behind More."""
    seen: set[str] = set()
    for turned in range(len(stops)):
        seen |= {plain(str(item.property("text"))) for item in stage.items() if is_text(item)}
        if not turned and not seen.issuperset(filter(None, (stops[0]["label"], stops[0]["place"]))):
            yield "left out: the next step, or where it is"
        pager = next((one for one in stage.items() if is_kind(one, "KPager")), None)
        if pager is None:
            break
        # A catalogue's words may be those of the kiosk: pages are turned until they have all been seen.
        stage.tap([one for one in stage.targets() if one.parentItem() is pager][-1])
    for stop in stops:
        for text in (stop["label"], stop["place"]):
            if text and text not in seen:
                yield f"left out: {text}"


def _choices(stage: Stage, frame: PageFrame) -> Iterator[str]:
    """Six at most, all of them on one page, and with wells of one width. Large and lowered at once turn pages."""
    model = frame.model
    shown = [item for item in stage.targets() if is_kind(item, "KChoice")]
    extras = sum(bool(model.get(one)) for one in ("told", "collects", "books"))
    wanted = len(model["choices"]) + model.get("more", 0) + extras
    if len(shown) > _MOST or (len(shown) != wanted and not (frame.large and frame.lowered)):
        yield f"choices: {len(shown)} of {wanted} on one page"
    wells = {round(float(item.property("wellWidth"))) for item in shown}
    if len(wells) > 1:
        yield f"wells: {sorted(wells)}"


def _languages(stage: Stage, model: Mapping[str, Any], shown: set[str]) -> Iterator[str]:
    """Every language: its own name to touch, and each notice; a few languages also say what to do."""
    speak = stage.screen.bridge.speak
    names = {str(target.property("text")) for target in stage.targets()}
    codes = [str(one["code"]) for one in model["languages"]]
    for one in model["languages"]:
        if one["endonym"] not in names:
            yield f"left out: {one['endonym']}"
    for code in codes:
        wanted = [] if len(codes) >= _MANY else [[speak(code, "FirstTouch", "Touch your language")]]
        if len(codes) < _MANY and model["reader"] not in {"missing", "ready"}:
            wanted.append([speak(code, "FirstTouch", _READER[model["reader"]])])
        if model["no_paper"]:
            wanted.append(
                [
                    speak(code, "NoPaper", "No paper now. Your number will be on the screen."),
                    speak(code, "FirstWords", "No paper"),
                ]
            )
        if model["notice"]:
            wanted.append(list(_announced(stage, model["notice"], code)))
        if len(codes) >= _MANY and not model["no_paper"] and not model["notice"]:
            wanted.append([speak(code, "FirstWords", "Welcome")])
        for each in wanted:
            if not shown.intersection(map(plain, each)):
                yield f"left out: in {code} none of {each}"


def _announced(stage: Stage, notice: Mapping[str, Any], code: str) -> Iterator[str]:
    speak = stage.screen.bridge.speak
    for text in _NOTICE[notice["text"]]:
        yield speak(code, "NoticeWords", text)
    for said in notice["said"]:
        if said["language"] == code and said["own"]:
            yield said["own"]
            yield speak(code, "FirstWords", "There is a notice. Touch your language to read it.")
