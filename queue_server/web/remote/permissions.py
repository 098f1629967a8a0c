"""Who reaches people that do not come. Pure."""

from queue_server.framework.permissions import Permission, PrincipalKind

#: See the number of somebody who is called, or the way to the video, of the visit at one's own counter.
REACH_REMOTE = Permission("reach-remote", frozenset({PrincipalKind.COUNTER, PrincipalKind.MANAGER}))

PERMISSIONS = (REACH_REMOTE,)
