package org.carelog.local.postgres;

import java.util.regex.Pattern;

/** A role of PostgreSQL's that may log in. */
public record Login(String user, String password) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    public Login {
        if (!NAME.matcher(user).matches()) {
            throw new IllegalArgumentException("not a name of a role: " + user);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user;
    }
}
