package org.carelog.local.platform;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.carelog.local.kafka.TokenLogin;
import org.carelog.local.keycloak.ClientSecrets;
import org.carelog.local.keycloak.Keycloak;
import org.carelog.local.keycloak.Tokens;
import org.carelog.local.port.Port;
import org.carelog.local.port.Ports;
import org.carelog.local.postgres.PostgresServer;
import org.carelog.local.postgres.ServiceDatabase;
import org.carelog.local.service.Service;
import org.carelog.local.supervisor.PartStatus;
import org.postgresql.ds.PGSimpleDataSource;

/** A system that another process keeps running. */
public final class RunningSystem {

    /** There is none. The message says what to do. */
    public static final class NotRunningException extends Exception {
        private static final long serialVersionUID = 1L;

        NotRunningException(String message) {
            super(message);
        }
    }

    private final Installation installation;
    private final SystemState state;
    private final Ports ports;

    private RunningSystem(Installation installation, SystemState state) {
        this.installation = installation;
        this.state = state;
        this.ports = state.portNumbers();
    }

    /** @throws NotRunningException when nothing runs, or it has not started yet */
    public static RunningSystem find(Installation installation) throws NotRunningException, IOException {
        SystemState state = new StateFile(installation.state())
                .read()
                .filter(SystemState::isLauncherAlive)
                .orElseThrow(() -> new NotRunningException("Carelog is not running. Start it: ./carelog up"));
        if (state.phase() != Phase.UP) {
            throw new NotRunningException("Carelog is " + state.phase().word() + ". See ./carelog status");
        }
        return new RunningSystem(installation, state);
    }

    public URI fhirBase() {
        return base(Port.GATEWAY);
    }

    /** The FHIR base of one service, past the gateway. */
    public URI service(Service service) {
        return base(service.port());
    }

    /** What a client of Kafka is told that comes as an integration engine. */
    public Map<String, Object> kafkaAsEngine() throws IOException {
        String client = "integration-engine";
        return TokenLogin.of(
                ports.bootstrapServers(),
                Keycloak.tokens(issuer()),
                client,
                ClientSecrets.load(installation.keycloak()).of(client).orElseThrow());
    }

    /** The same of one that may do everything. */
    public Map<String, Object> kafkaAsAdministrator() throws IOException {
        return KafkaPart.cluster(installation, ports, Secrets.in(installation.secrets()))
                .administrator();
    }

    public Tokens tokens() throws IOException {
        return new Tokens(issuer(), ClientSecrets.load(installation.keycloak()));
    }

    private URI issuer() {
        return Keycloak.issuer(ports.number(Port.KEYCLOAK));
    }

    /** A connection of the caller's to a service's database, as the service's own role, in which nothing can be written. */
    public Connection read(Service service) throws IOException, SQLException {
        ServiceDatabase database = Secrets.in(installation.secrets()).database(service);
        PGSimpleDataSource source = source(database);
        source.setOptions("-c default_transaction_read_only=on");
        return source.getConnection(
                database.runtime().user(), database.runtime().password());
    }

    /** The same as the owner of its tables, who may do what the service may not. */
    public Connection own(Service service) throws IOException, SQLException {
        ServiceDatabase database = Secrets.in(installation.secrets()).database(service);
        return source(database)
                .getConnection(database.owner().user(), database.owner().password());
    }

    private PGSimpleDataSource source(ServiceDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL("jdbc:postgresql://127.0.0.1:%d/%s".formatted(ports.number(Port.POSTGRES), database.name()));
        return source;
    }

    public PostgresServer postgres() throws IOException {
        return PostgresPart.server(installation, ports, Secrets.in(installation.secrets()));
    }

    /** The process of each part. */
    public Map<String, Long> pids() {
        Map<String, Long> pids = new LinkedHashMap<>();
        for (PartStatus part : state.parts()) {
            pids.put(part.name(), part.pid());
        }
        return pids;
    }

    private URI base(Port port) {
        return URI.create("http://localhost:" + ports.number(port) + "/fhir");
    }
}
