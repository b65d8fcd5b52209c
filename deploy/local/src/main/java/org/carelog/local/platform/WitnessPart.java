package org.carelog.local.platform;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.process.Command;
import org.carelog.local.process.Jdk;
import org.carelog.local.supervisor.Part;

/**
 * The witness of the ledger's checkpoints. On the machine of the ledger it shows how it is done; what it is worth it has where
 * somebody else runs it.
 */
record WitnessPart(Installation installation, Ports ports, Secrets secrets, Path log) implements Part {

    static final String NAME = "witness";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int port() {
        return ports.number(Port.WITNESS);
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    @Override
    public Command prepare() throws IOException {
        Path jar = installation.built("deploy/witness/target/carelog-witness.jar");
        return new Command(
                List.of(
                        Jdk.program("java").toString(),
                        "-Xmx32m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        "127.0.0.1",
                        Integer.toString(port()),
                        installation.checkpoints().resolve("log.vkey").toString(),
                        installation.witness().toString()),
                Map.of("CARELOG_WITNESS_KEY", secrets.key("witness.key")),
                log);
    }

    @Override
    public boolean answers() {
        return HttpHealth.isUp(URI.create("http://127.0.0.1:%d/witness.vkey".formatted(port())));
    }
}
