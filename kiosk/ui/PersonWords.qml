pragma ComponentBehavior: Bound
import QtQuick

// How somebody of a party is called: by an age, or only as a person, with a number where there are several.
QtObject {
    function name(person: var): string {
        const called = ({
            adult: [qsTr("Adult"), qsTr("Adult %1")],
            child: [qsTr("Child"), qsTr("Child %1")],
            small: [qsTr("Small child"), qsTr("Small child %1")]
        })[person.age] ?? [qsTr("Person"), qsTr("Person %1")];
        return person.alone ? called[0] : called[1].arg(person.nth);
    }
    function please(person: var): string {
        const place = person.alone ? 0 : person.nth === 1 ? 1 : 2;
        const asked = ({
            adult: [qsTr("Now the adult\u2019s passport, please"), qsTr("Now the first adult\u2019s passport, please"), qsTr("Now the next adult\u2019s passport, please")],
            child: [qsTr("Now the child\u2019s passport, please"), qsTr("Now the first child\u2019s passport, please"), qsTr("Now the next child\u2019s passport, please")],
            small: [qsTr("Now the small child\u2019s passport, please"), qsTr("Now the first small child\u2019s passport, please"), qsTr("Now the next small child\u2019s passport, please")]
        })[person.age] ?? [qsTr("Now the person\u2019s passport, please"), qsTr("Now the first person\u2019s passport, please"), qsTr("Now the next person\u2019s passport, please")];
        return asked[place];
    }
    function none(person: var): string {
        return person.age === "child" || person.age === "small" ? qsTr("This child has none") : qsTr("This person has none");
    }
    function state(state: string): string {
        return ({
            read: qsTr("Read"),
            now: qsTr("Now"),
            none: qsTr("None"),
            counter: qsTr("At the counter")
        })[state] ?? qsTr("Later");
    }
}
