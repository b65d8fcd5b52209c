package org.carelog.local.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest SHA-256. */
public final class Sha256 {

    private Sha256() {}

    /** A new one. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
