pragma ComponentBehavior: Bound

import QtQuick

// What is said of an appointment that lets nobody in: why, and what helps. Nobody is sent home by a machine.
QtObject {
    function title(found: string, clock: string): string {
        return ({
            asking: qsTr("One moment, please"),
            away: qsTr("We cannot look now"),
            slowed: qsTr("Too many codes were typed here"),
            unknown: qsTr("We do not find this appointment"),
            "other-centre": qsTr("Your appointment is at another centre"),
            cancelled: qsTr("This appointment is cancelled"),
            displaced: qsTr("Your time had to be given up"),
            "checked-in": qsTr("You have your number already"),
            "wrong-person": qsTr("This is another document"),
            "needs-document": qsTr("We need to see your document"),
            "too-late": qsTr("Your time was %1").arg(clock),
        })[found] ?? qsTr("Staff look at this with you");
    }

    function help(found: string, minutes: int): string {
        return ({
            asking: qsTr("We look for your appointment."),
            away: qsTr("Take a number. Your appointment counts as soon as we can look."),
            slowed: qsTr("Please wait %n minutes, or ask staff.", "", Math.max(1, minutes)),
            unknown: qsTr("Look at the code again, or take a number."),
            "other-centre": qsTr("You can go there, or take a number here."),
            cancelled: qsTr("You can take a number today, or choose another day."),
            displaced: qsTr("We are sorry. Take a number today, or choose another day."),
            "checked-in": qsTr("Please watch the boards. They show it."),
            "wrong-person": qsTr("The appointment was booked with another one. Show that, or talk to staff."),
            "needs-document": qsTr("It counts with the document for which it was booked."),
            "too-late": qsTr("It is too late for it. You can still be helped: take a number."),
        })[found] ?? qsTr("Please touch Call staff.");
    }
}
