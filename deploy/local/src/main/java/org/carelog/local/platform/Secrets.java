package org.carelog.local.platform;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import org.carelog.local.file.PrivateFile;
import org.carelog.local.postgres.Login;
import org.carelog.local.postgres.ServiceDatabase;
import org.carelog.local.service.Service;

/** Generated passwords and keys by their names, in a file that only its owner reads. Thread-safe. */
public final class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path file;
    private final Properties values = new Properties();

    private Secrets(Path file) {
        this.file = file;
    }

    /** Those in the file; none when there is no file yet. */
    static Secrets in(Path file) throws IOException {
        Secrets secrets = new Secrets(file);
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                secrets.values.load(reader);
            }
        }
        return secrets;
    }

    /** 192 bits for a password; the same one at every call, now and later. */
    public String password(String name) throws IOException {
        return value(name, 24, Base64.getUrlEncoder().withoutPadding());
    }

    /** A service's database, with the roles that have its passwords. */
    ServiceDatabase database(Service service) throws IOException {
        String name = service.database();
        return new ServiceDatabase(
                name,
                new Login(name + "_owner", password(name + ".owner")),
                new Login(name + "_service", password(name + ".service")));
    }

    /** A key of 256 bits, for AES or Ed25519, in base64; the same one at every call, now and later. */
    public String key(String name) throws IOException {
        return value(name, 32, Base64.getEncoder());
    }

    private synchronized String value(String name, int bytes, Base64.Encoder encoder) throws IOException {
        String known = values.getProperty(name);
        if (known != null) {
            return known;
        }
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        values.setProperty(name, encoder.encodeToString(random));
        write();
        return values.getProperty(name);
    }

    private void write() throws IOException {
        StringWriter text = new StringWriter();
        values.store(text, null);
        PrivateFile.write(file, text.toString());
    }

    /** Names only. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
