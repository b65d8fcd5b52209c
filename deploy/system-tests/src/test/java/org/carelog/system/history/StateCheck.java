package org.carelog.system.history;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The last word of each key of a state topic is a head of the owner's; and every record was a version. */
final class StateCheck {
    private final Topic state;
    private final Store owner;
    private final Findings findings = new Findings();

    private StateCheck(Topic state, Store owner) {
        this.state = state;
        this.owner = owner;
    }

    static Findings of(Topic state, Store owner) {
        StateCheck check = new StateCheck(state, owner);
        check.heads(check.lastWords());
        return check.findings;
    }

    private Map<String, Event> lastWords() {
        Map<Version, StoredVersion> versions = owner.byVersion();
        Map<String, Event> last = new LinkedHashMap<>();
        state.events().stream()
                .sorted(Comparator.comparing(Event::partition).thenComparing(Event::offset))
                .forEach(event -> {
                    StoredVersion version = versions.get(event.version());
                    findings.add(
                            version == null || !EventsCheck.tells(event, version),
                            Rule.INVENTED_STATE,
                            event + " is not " + version);
                    Event before = last.put(event.key(), event);
                    boolean another = before != null
                            && (!before.version()
                                            .resource()
                                            .equals(event.version().resource())
                                    || before.partition() != event.partition());
                    findings.add(another, Rule.WRONG_STATE, event + " has the key of " + before);
                });
        return last;
    }

    private void heads(Map<String, Event> last) {
        Map<Reference, Version> told = new HashMap<>();
        Set<Reference> twice = new HashSet<>();
        last.values().forEach(event -> {
            if (told.put(event.version().resource(), event.version()) != null) {
                twice.add(event.version().resource());
            }
        });
        twice.forEach(resource -> findings.add(Rule.WRONG_STATE, resource + " has two keys"));
        for (Head head : owner.heads()) {
            Version version = told.get(head.version().resource());
            findings.add(
                    !head.version().equals(version),
                    Rule.WRONG_STATE,
                    head.version() + ", the last word is " + version);
        }
    }
}
