package org.carelog.audit.journal;

import java.util.List;

/**
 * Who asked, by identifiers only; {@code null} counts as empty.
 *
 * @param subject the token's {@code sub}
 * @param name the user name or the name of the service account
 * @param client the OAuth client
 * @param roles the roles the request was judged by
 * @param tokenId the token's {@code jti}: which token it was, and nothing by which anybody gets in
 */
public record Agent(String subject, String name, String client, List<String> roles, String tokenId) {
    /** Somebody without a valid token. */
    public static final Agent ANONYMOUS = new Agent("", "", "", List.of());

    public Agent {
        subject = subject == null ? "" : subject;
        name = name == null ? "" : name;
        client = client == null ? "" : client;
        roles = List.copyOf(roles);
        tokenId = tokenId == null ? "" : tokenId;
    }

    /** Whose token has no id, or who asked by none. */
    public Agent(String subject, String name, String client, List<String> roles) {
        this(subject, name, client, roles, "");
    }
}
