package org.carelog.audit.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carelog.audit.ingest.NoticedPattern;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.Agent;

/** An event of the realm's administration, as an entry: who changed what, and never to what. Pure. */
final class AdminEvent {
    private static final Set<String> OF_USERS = Set.of(
            "USER",
            "REALM_ROLE_MAPPING",
            "CLIENT_ROLE_MAPPING",
            "GROUP_MEMBERSHIP",
            "ORGANIZATION_MEMBERSHIP",
            "ORGANIZATION_GROUP_MEMBERSHIP",
            "USER_SESSION",
            "USER_LOGIN_FAILURE");

    private AdminEvent() {}

    static Access access(JsonNode event) {
        String resource = RealmEvent.text(event, "resourceType");
        NoticedPattern pattern =
                OF_USERS.contains(resource) ? NoticedPattern.USER_SECURITY : NoticedPattern.SECURITY_CONFIGURATION;
        JsonNode administrator = event.path("authDetails");
        Map<String, String> details = new LinkedHashMap<>();
        details.put(pattern.object(), RealmEvent.text(event, "resourcePath"));
        details.put("realm", RealmEvent.text(administrator, "realmId"));
        details.put("error", RealmEvent.text(event, "error"));
        details.values().removeIf(String::isEmpty);
        return RealmEvent.access(
                event,
                pattern,
                "AdminEvent",
                new Agent(
                        RealmEvent.text(administrator, "userId"),
                        "",
                        RealmEvent.text(administrator, "clientId"),
                        List.of()),
                RealmEvent.text(administrator, "ipAddress"),
                RealmEvent.code(RealmEvent.text(event, "operationType") + "_" + resource),
                details);
    }
}
