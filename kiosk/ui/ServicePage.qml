pragma ComponentBehavior: Bound

ChoicePage {
    crumb: model.kind
    drawing: "service"
    title: qsTr("Which service?")
}
