pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// How long it takes, as a range, or that it may be too late; nothing where that would be a guess.
KLine {
    id: line

    required property var wait

    // A rough range has no latest.
    WaitWords {
        id: words
    }

    icon: "clock"
    mark: Theme.color.ink
    role: Theme.large ? "note" : "lead"
    text: !line.wait ? "" : line.wait.shut ? qsTr("We may not reach you before closing. Please ask staff.")
          : line.wait.latest === "" ? words.brief(line.wait)
          : line.wait.low === 0 ? qsTr("Up to %n minutes, at the latest %1", "", line.wait.high).arg(Theme.isolated(line.wait.latest))
          : qsTr("About %2 to %n minutes, at the latest %1", "", line.wait.high).arg(Theme.isolated(line.wait.latest)).arg(line.wait.low)
    visible: line.wait !== null
}
