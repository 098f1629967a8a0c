"""Every page of staff in every state, language and window, with axe-core: the long form of the walk of all runs."""

import pytest

from tests.queue_server.web.server import Centre
from tests.queue_server.web.walks.every_walk import LOOKED_AT_ELSEWHERE, OTHER_BARS, WALKS
from tests.queue_server.web.walks.walk import LARGE_LETTERS, SMALLEST, Plan, Walk, Walker, faults_of

#: The smallest screen, a large one, and the usual one at 200 %: what fits all three fits in between.
SIZES = (SMALLEST, (1920, 1080), LARGE_LETTERS)
#: A dialog that fits these has room on larger ones.
DIALOG_SIZES = (SMALLEST, LARGE_LETTERS)
PLAN = Plan(SIZES, DIALOG_SIZES, many=120, is_close=True)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("walk", [*WALKS, *LOOKED_AT_ELSEWHERE, *OTHER_BARS], ids=str)
def test_nothing_is_cut_off_hidden_too_small_or_inaccessible(walker: Walker, centre: Centre, walk: Walk) -> None:
    found = faults_of(walk, PLAN, walker, centre)
    assert not found, "\n".join(found)
