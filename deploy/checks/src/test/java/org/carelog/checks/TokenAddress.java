package org.carelog.checks;

import org.carelog.local.kafka.TokenLogin;

/** Where Kafka's clients in a container may ask for tokens: the virtual machine itself must be told. */
final class TokenAddress {
    /** The environment variable that every virtual machine reads. */
    static final String VARIABLE = "JAVA_TOOL_OPTIONS";

    private TokenAddress() {}

    /** The variable's value for a realm. */
    static String allowing(String issuer) {
        return "-D%s=%s/protocol/openid-connect/token".formatted(TokenLogin.ALLOWED_URLS, issuer);
    }
}
