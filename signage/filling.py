"""Few calls fill a board as many do: their letters are as large as there is room."""

import msgspec

from signage.sizes import CODE_DRAWN, INNER, INSET, LIST_EM, ROW_GAP, STANDS_OUT, WIDE_PLATE, SizePlan

#: Between two calls beside each other.
_GAP = 16


def filled(laid: SizePlan, calls: int) -> SizePlan:
    """Give the plan for so many ``calls`` before that of now, at most ``laid.calls``.

    Everything but the list stands where it stood. Without any call before, the panel of now takes their place.
    """
    foot = laid.list_y + laid.rows * laid.cell_h + (laid.rows - 1) * ROW_GAP
    if calls == 0:
        return msgspec.structs.replace(laid, call_h=foot - laid.call_y)
    cell_em = laid.cell_h / laid.code
    plate_em = max(116 / CODE_DRAWN, laid.cell_plate / laid.code)
    best = laid
    for rows in range(1, laid.rows + 1):
        columns = -(-calls // rows)
        cell_h = (foot - laid.list_y - (rows - 1) * ROW_GAP) / rows
        widest = (INNER + _GAP) / columns - _GAP
        code = min(
            cell_h / cell_em,
            (widest - 2 * INSET - 4) / (LIST_EM + WIDE_PLATE * plate_em),
            laid.now / STANDS_OUT,
        )
        if code > best.code + 0.01:
            cell_w = (LIST_EM + WIDE_PLATE * plate_em) * code + 2 * INSET + 4
            best = msgspec.structs.replace(
                laid,
                code=code,
                rows=rows,
                columns=columns,
                cell_h=cell_h,
                cell_w=cell_w,
                cell_gap=(INNER + _GAP) / columns - cell_w,
                cell_plate=plate_em * code,
            )
    return best
