package org.carelog.system.history;

/** What must hold, named by how it is broken. */
public enum Rule {
    LOST_WRITE("an acknowledged write is there"),
    WRONG_CONTENT("a version has the content that was sent, and that was answered"),
    CONDITION_IGNORED("a write with If-Match follows that very version"),
    SHARED_VERSION("two acknowledged writes are two versions"),
    INVENTED_VERSION("a version was asked for by somebody who was not refused"),
    WRITTEN_TWICE("a request is one version at most"),
    VERSION_HOLE("versions are 1, 2, 3, … and later ones have later times"),
    WRONG_HEAD("the current version is the last one"),
    VERSIONS_REORDERED("what was acknowledged before another write was sent has a lower version"),
    STALE_READ("a read or search shows what was acknowledged before it was sent"),
    WRONG_READ("what is read is what is stored"),
    NOT_REFUSED("a request that must be refused is, with its status"),

    FAILED("no request fails but for a reason that has a name: none is answered 500"),

    LOST_EVENT("every version is an event"),
    INVENTED_EVENT("every event is a version"),
    CHANGED_EVENT("a version has one event, with its content, time and kind, the same on every delivery"),
    EVENTS_REORDERED("at first delivery, a resource's versions and a patient's changes are in order"),
    WRONG_KEY("everything of one patient has one key, a UUID, in one partition"),

    INVENTED_STATE("every record of a state topic is a version"),
    WRONG_STATE("the last word of each resource's one key is its current version"),

    PROJECTION_LACKS("the copy has every version"),
    PROJECTION_DIFFERS("the copy is equal"),
    PROJECTION_WENT_BACK("a copy once seen is not older later"),
    LEFT_OVER("nothing waits or is parked that could be applied"),
    POISON_VANISHED("what cannot be applied is parked"),
    PARKED_TWICE("and parked once"),
    NOT_AT_REST("everything is where it belongs a minute after the last fault"),

    UNRECORDED("an answered request is in its service's journal"),
    RECORDED_TWICE("and there once"),
    WRONG_RECORD("and as it was: who, what, which versions, which answer"),
    INVENTED_RECORD("an entry belongs to a request"),
    CHAIN_BROKEN("the journal is sealed without a hole, each hash over the one before"),
    LEDGER_LACKS("the ledger has every entry"),
    LEDGER_DIFFERS("the ledger's entries are those of the journals"),
    LEDGER_ALARM("the ledger has noted no gap and no fault"),
    NOT_SHOWN("every entry is an AuditEvent");

    private final String sentence;

    Rule(String sentence) {
        this.sentence = sentence;
    }

    /** What holds when it is not broken. */
    public String sentence() {
        return sentence;
    }
}
