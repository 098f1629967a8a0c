pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// What is to be paid, and where, or that it is paid; nothing where it is free of charge.
KLine {
    id: line

    required property var owed
    // The next page asks where it is paid.
    property bool asked: false
    property bool paid: false

    readonly property string sums: line.owed === null ? "" : line.owed.fees.map(fee => Theme.isolated(fee.currency + "\u00a0" + Theme.amount(Theme.language, fee.minor, fee.exponent))).join(" + ")

    icon: line.paid ? "card" : "cash"
    mark: Theme.color.ink
    text: line.paid ? qsTr("Your fee is paid") : line.owed === null ? "" : line.asked ? qsTr("Fee: %1").arg(line.sums)
          : line.owed.desk === "" ? qsTr("%1, pay at the counter").arg(line.sums)
          : qsTr("%1, pay later: %2").arg(line.sums).arg(Theme.isolated(line.owed.desk))
    visible: line.paid || line.owed !== null
}
