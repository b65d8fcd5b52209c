package org.carelog.local.platform;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.carelog.local.gateway.GatewayProgram;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.process.ClassArchive;
import org.carelog.local.process.Command;
import org.carelog.local.supervisor.Part;

/** The one FHIR base. It needs nobody to run: it says what of the services is not there. */
record GatewayPart(Ports ports, Path classArchive, Path log) implements Part {

    static final String NAME = "gateway";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int port() {
        return ports.number(Port.GATEWAY);
    }

    @Override
    public Set<String> needs() {
        return Set.of();
    }

    @Override
    public Command prepare() throws IOException {
        return GatewayProgram.command(ports, log).withOptions(ClassArchive.options(classArchive));
    }

    @Override
    public boolean answers() {
        return HttpHealth.isUp(
                URI.create("http://127.0.0.1:%d/q/health/ready".formatted(ports.number(Port.GATEWAY_MANAGEMENT))));
    }

    /** It is ready when it knows where each type belongs, so after the last service. */
    @Override
    public Duration patience() {
        return Duration.ofMinutes(15);
    }
}
