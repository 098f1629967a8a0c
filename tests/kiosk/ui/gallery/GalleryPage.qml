pragma ComponentBehavior: Bound
import QtQuick
import kiosk.kit
import kiosk.kit.controls

// Every component in its states, for the eye and for the pictures that the tests compare.
KView {
    id: gallery

    height: Theme.grid.page_h
    width: Theme.grid.page_w

    Grid {
        anchors.horizontalCenter: parent.horizontalCenter
        columnSpacing: 24
        columns: 2
        rowSpacing: 24
        y: 40

        KChoice { objectName: "choice"; pictogram: "passport"; text: "Passport"; width: 456 }
        KChoice { objectName: "suggested"; badge: "UTO"; note: "From your passport"; suggested: true; text: "Utopia"; width: 456 }
        KChoice { switches: true; on: true; note: "On"; objectName: "checked"; pictogram: "text"; text: "Larger"; width: 456 }
        KChoice { enabled: false; objectName: "choice off"; pictogram: "visa"; text: "Visa"; width: 456 }
        KButton { objectName: "primary"; pictogram: "next"; primary: true; text: "Continue"; width: 456 }
        KButton { objectName: "secondary"; pictogram: "cross"; text: "Not now"; width: 456 }
        KButton { busy: true; objectName: "busy"; pictogram: "next"; primary: true; text: "Continue"; width: 456 }
        KButton { enabled: false; objectName: "off"; pictogram: "next"; text: "Continue"; width: 456 }
        KStatus { kind: "good"; objectName: "good"; text: "Read"; width: 456 }
        KStatus { kind: "problem"; objectName: "problem"; text: "No paper"; width: 456 }
        KStatus { kind: "called"; objectName: "called"; text: "Go to 3"; width: 456 }
        KStatus { icon: "clock"; objectName: "plain"; text: "Open"; width: 456 }
        KCode { objectName: "code"; size: 96; value: "B042" }
        Row {
            spacing: 24

            KPlate { number: "3"; objectName: "plate" }
            KPlate { number: "12"; objectName: "outlined"; outlined: true }
        }
        KRing { height: 220; objectName: "ring"; of: 20; remaining: 14; width: 220 }
        KSteps { objectName: "steps"; step: 2; steps: 2; width: 456 }
    }
}
