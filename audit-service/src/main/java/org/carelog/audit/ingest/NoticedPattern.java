package org.carelog.audit.ingest;

import java.util.Optional;
import java.util.stream.Stream;
import org.carelog.audit.journal.Access;

/**
 * What is noticed elsewhere and is in the log beside the requests: what the broker handed out, and what Keycloak tells of.
 *
 * @see <a href="https://dicom.nema.org/medical/dicom/current/output/chtml/part16/sect_CID_400.html">DICOM CID 400 and the
 *     following, the types and their subtypes</a>
 */
public enum NoticedPattern {
    /** Events that a consumer group outside of Carelog was handed. */
    DISCLOSURE("disclosure", "disclosure", "R", Codes.EXPORT, null, "topic", Codes.DATA_REPOSITORY),
    /** Somebody logged in, or got a token, or was refused. */
    LOGIN("login", "authentication", "E", Codes.USER_AUTHENTICATION, Codes.LOGIN, "session", null),
    LOGOUT("logout", "authentication", "E", Codes.USER_AUTHENTICATION, Codes.LOGOUT, "session", null),
    /** What a user is, may, or logs in by. */
    USER_SECURITY(
            "user-security",
            "security-change",
            "E",
            Codes.SECURITY_ALERT,
            Codes.USER_SECURITY_CHANGED,
            "resource",
            Codes.SECURITY_RESOURCE),
    /** Anything else of the realm: its roles, its clients, itself. */
    SECURITY_CONFIGURATION(
            "security-configuration",
            "security-change",
            "E",
            Codes.SECURITY_ALERT,
            Codes.SECURITY_CONFIGURATION,
            "resource",
            Codes.SECURITY_RESOURCE);

    private final String interaction;
    private final String profile;
    private final String action;
    private final Coding type;
    private final Coding subtype;
    private final String object;
    private final Coding role;

    NoticedPattern(
            String interaction,
            String profile,
            String action,
            Coding type,
            Coding subtype,
            String object,
            Coding role) {
        this.interaction = interaction;
        this.profile = Profiles.own(profile);
        this.action = action;
        this.type = type;
        this.subtype = subtype;
        this.object = object;
        this.role = role;
    }

    /** Empty: it is a request. */
    static Optional<NoticedPattern> of(Access access) {
        return Stream.of(values())
                .filter(pattern -> pattern.interaction.equals(access.interaction()))
                .findAny();
    }

    /** The code by which an entry is of this pattern. */
    public String interaction() {
        return interaction;
    }

    String profile() {
        return profile;
    }

    String action() {
        return action;
    }

    Coding type() {
        return type;
    }

    /** Empty: DICOM has none. */
    Optional<Coding> subtype() {
        return Optional.ofNullable(subtype);
    }

    /** The name of the detail that says what it happened to. */
    public String object() {
        return object;
    }

    /** Of what it happened to; null: none. */
    Coding role() {
        return role;
    }
}
