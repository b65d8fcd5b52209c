package org.carelog.local.platform;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** A health check over HTTP. */
final class HttpHealth {

    private static final int PATIENCE = 2_000;

    private HttpHealth() {}

    /** Whether it answers 200 within two seconds. */
    static boolean isUp(URI address) {
        HttpURLConnection connection = null;
        try {
            connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(PATIENCE);
            connection.setReadTimeout(PATIENCE);
            return connection.getResponseCode() == 200;
        } catch (IOException no) {
            return false;
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }
}
