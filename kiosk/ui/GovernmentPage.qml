pragma ComponentBehavior: Bound

ChoicePage {
    drawing: "government"
    further: qsTr("Another country")
    furtherIcon: "globe"
    hint: qsTr("The three letters are on your passport.")
    title: qsTr("Which country's papers is it about?")
}
