package org.carelog.audit.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.carelog.audit.ingest.NoticedPattern;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.Agent;

/** An event of a user, or of a client that logs in, as an entry. Pure. */
final class UserEvent {
    private UserEvent() {}

    static Access access(JsonNode event) {
        String type = RealmEvent.text(event, "type");
        NoticedPattern pattern = pattern(type);
        String user = RealmEvent.text(event, "userId");
        // of a user who is not found it is what somebody typed: some type their password there
        String name = user.isEmpty() ? "" : RealmEvent.text(event.path("details"), "username");
        Map<String, String> details = new LinkedHashMap<>();
        if (pattern == NoticedPattern.USER_SECURITY) {
            details.put(pattern.object(), "users/" + user);
        }
        details.put(NoticedPattern.LOGIN.object(), RealmEvent.text(event, "sessionId"));
        details.put("error", RealmEvent.text(event, "error"));
        details.values().removeIf(String::isEmpty);
        return RealmEvent.access(
                event,
                pattern,
                "Event",
                new Agent(user, name, RealmEvent.text(event, "clientId"), List.of()),
                RealmEvent.text(event, "ipAddress"),
                RealmEvent.code(type),
                details);
    }

    private static NoticedPattern pattern(String type) {
        if (type.startsWith("LOGOUT") || type.equals("USER_SESSION_DELETED")) {
            return NoticedPattern.LOGOUT;
        }
        return type.contains("LOGIN") || type.contains("TOKEN") || type.startsWith("IMPERSONATE")
                ? NoticedPattern.LOGIN
                : NoticedPattern.USER_SECURITY;
    }
}
