import QtQuick

// The root of whatever KWindow shows: `model` holds the fields of the page, and is set anew when they change.
Item {
    required property var model
}
