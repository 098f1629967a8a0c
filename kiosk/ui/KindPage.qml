pragma ComponentBehavior: Bound

ChoicePage {
    crumb: model.government
    drawing: "service"
    title: qsTr("What do you need today?")
}
