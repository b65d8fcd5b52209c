package org.carelog.audit.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.carelog.audit.journal.Access;
import org.carelog.audit.journal.AccessJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealmEventTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "LOGIN, login, login",
        "CLIENT_LOGIN, login, client-login",
        "REFRESH_TOKEN_ERROR, login, refresh-token-error",
        "LOGOUT, logout, logout",
        "UPDATE_CREDENTIAL, user-security, update-credential",
        "USER_DISABLED_BY_TEMPORARY_LOCKOUT, user-security, user-disabled-by-temporary-lockout"
    })
    void aUsersEventIsToldByItsType(String type, String interaction, String operation) throws Exception {
        // When
        Access access = entry(EventKind.USER, """
                {"id": "0b9f4a52-1c7e-4f0a-8d24-5a7f0c1e2d3b", "time": 1764500000123, "type": "%s", "clientId": "clinical-app",
                 "userId": "u1", "sessionId": "s1", "ipAddress": "192.0.2.7", "details": {"username": "clinician"}}
                """.formatted(type));

        // Then
        assertThat(access.interaction()).isEqualTo(interaction);
        assertThat(access.operation()).isEqualTo(operation);
        assertThat(access.id()).hasToString("0b9f4a52-1c7e-4f0a-8d24-5a7f0c1e2d3b");
        assertThat(access.at()).isEqualTo("2025-11-30T10:53:20.123Z");
        assertThat(access.agent().subject()).isEqualTo("u1");
        assertThat(access.agent().name()).isEqualTo("clinician");
        assertThat(access.networkAddress()).isEqualTo("192.0.2.7");
        assertThat(access.status()).isEqualTo(200);
        assertThat(access.details()).containsEntry("session", "s1");
    }

    @Test
    void whatWasTypedWhereNobodyHasThatNameIsNotKept() throws Exception {
        // When
        Access access = entry(EventKind.USER, """
                {"id": "0b9f4a52-1c7e-4f0a-8d24-5a7f0c1e2d3b", "time": 1, "type": "LOGIN_ERROR", "clientId": "clinical-app",
                 "error": "user_not_found", "details": {"username": "my password", "code_id": "c", "redirect_uri": "http://x"}}
                """);

        // Then
        assertThat(access.status()).isEqualTo(401);
        assertThat(access.details()).containsOnlyKeys("error").containsEntry("error", "user_not_found");
        assertThat(new String(AccessJson.encode(access), UTF_8)).doesNotContain("password", "code_id", "http:");
    }

    @ParameterizedTest
    @CsvSource({
        "CREATE, REALM_ROLE_MAPPING, user-security, create-realm-role-mapping",
        "DELETE, USER, user-security, delete-user",
        "UPDATE, CLIENT, security-configuration, update-client",
        "CREATE, REALM_ROLE, security-configuration, create-realm-role"
    })
    void aChangeIsToldWithWhoMadeItAndNotWithWhatItIsNow(
            String operationType, String resourceType, String interaction, String operation) throws Exception {
        // When
        Access access = entry(EventKind.ADMINISTRATION, """
                {"id": "0b9f4a52-1c7e-4f0a-8d24-5a7f0c1e2d3b", "time": 1, "operationType": "%s", "resourceType": "%s",
                 "resourcePath": "users/u2", "representation": "{\\"secret\\": \\"x\\"}",
                 "authDetails": {"realmId": "master", "clientId": "c1", "userId": "a1", "ipAddress": "192.0.2.9"}}
                """.formatted(operationType, resourceType));

        // Then
        assertThat(access.interaction()).isEqualTo(interaction);
        assertThat(access.operation()).isEqualTo(operation);
        assertThat(access.agent().subject()).isEqualTo("a1");
        assertThat(access.details()).containsEntry("resource", "users/u2").containsEntry("realm", "master");
        assertThat(new String(AccessJson.encode(access), UTF_8)).doesNotContain("secret");
    }

    @Test
    void theAdministrationOfARealmIsBesideIt() {
        assertThat(RealmAdmin.adminUrl("http://realms/realms/carelog")).isEqualTo("http://realms/admin/realms/carelog");
    }

    private static Access entry(EventKind kind, String json) throws IOException {
        return kind.access(JSON.readTree(json));
    }
}
