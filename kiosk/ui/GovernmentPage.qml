pragma ComponentBehavior: Bound

ChoicePage {
    drawing: "government"
    hint: qsTr("The three letters are on your passport.")
    suggestedNote: qsTr("From your passport")
    title: qsTr("Which government do you need?")
}
