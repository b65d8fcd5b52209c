package org.carelog.audit.disclosure;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.carelog.audit.ingest.NoticedPattern;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessBuilder;
import org.carelog.audit.journal.Agent;

/** What was handed to whom, as an entry of the log: {@code docs/audit.md}, Disclosures. Pure, but for time and id. */
final class DisclosureEntry {
    private static final String SESSION = "session-began";

    private DisclosureEntry() {}

    /** @param client of the realm, whose group it is */
    static Access of(GroupPartition where, Disclosure disclosure, Member member, String client) {
        Map<String, String> details = details(where.topic());
        details.put("partition", Integer.toString(where.partition()));
        details.put("firstOffset", Long.toString(disclosure.first()));
        details.put("lastOffset", Long.toString(disclosure.end() - 1));
        return entry(disclosure.kind().code(), details, member, client);
    }

    /** Of the member that began it, before it has committed anything. */
    static Access of(Session session, Member member, String client) {
        return entry(SESSION, details(session.topic()), member, client);
    }

    private static Map<String, String> details(String topic) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put(NoticedPattern.DISCLOSURE.object(), topic);
        return details;
    }

    private static Access entry(String operation, Map<String, String> details, Member member, String client) {
        UUID id = UUID.randomUUID();
        details.put("group", member.group());
        details.put("session", member.session());
        details.put("clientId", member.clientId());
        details.values().removeIf(String::isEmpty);
        return new AccessBuilder()
                .id(id)
                .at(Instant.now())
                .interaction(NoticedPattern.DISCLOSURE.interaction())
                .method("OffsetCommit")
                .agent(new Agent("", "", client, List.of()))
                .networkAddress(member.address())
                .requestId(id.toString())
                .operation(operation)
                .details(details)
                .build();
    }
}
