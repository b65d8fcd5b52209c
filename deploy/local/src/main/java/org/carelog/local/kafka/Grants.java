package org.carelog.local.kafka;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePatternFilter;

/** Who may do what on the broker; what is not here is refused. */
public final class Grants {

    private static final String PATIENT = "carelog.patient.";
    private static final String ENCOUNTER = "carelog.encounter.";
    private static final String ACCESS = "carelog.access.";
    private static final String AUDIT = "carelog.audit.";

    /** All of Carelog's. */
    public static final List<Grant> CARELOG = List.of(
            new Grant("patient-service", List.of(ENCOUNTER), List.of(PATIENT, ACCESS)),
            new Grant("encounter-service", List.of(PATIENT), List.of(ENCOUNTER, ACCESS)),
            new Grant("audit-service", List.of(ACCESS), List.of(ACCESS, AUDIT), List.of(PATIENT, ENCOUNTER)),
            new Grant("integration-engine", List.of(PATIENT, ENCOUNTER), List.of()));

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private Grants() {}

    /**
     * These clients may do this and nothing else, from when it returns. What others may do stays.
     *
     * @param administrator the settings of a client of Kafka that may grant
     * @throws IOException when the broker does not answer or refuses
     */
    public static void set(Map<String, Object> administrator, List<Grant> grants)
            throws IOException, InterruptedException {
        Set<AclBinding> wanted = grants.stream().flatMap(Grant::bindings).collect(Collectors.toSet());
        try (Admin admin = Admin.create(administrator)) {
            Set<AclBinding> there = there(admin, grants);
            admin.createAcls(minus(wanted, there)).all().get();
            admin.deleteAcls(minus(there, wanted).stream()
                            .map(AclBinding::toFilter)
                            .toList())
                    .all()
                    .get();
            Instant end = Instant.now().plus(PATIENCE);
            while (!there(admin, grants).equals(wanted)) {
                if (Instant.now().isAfter(end)) {
                    throw new IOException("the broker does not learn who may do what");
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (ExecutionException e) {
            throw new IOException(
                    "nobody could be granted anything: " + e.getCause().getMessage(), e);
        }
    }

    private static Set<AclBinding> there(Admin admin, List<Grant> grants)
            throws ExecutionException, InterruptedException {
        Set<AclBinding> there = new HashSet<>();
        for (Grant grant : grants) {
            there.addAll(admin.describeAcls(new AclBindingFilter(
                            ResourcePatternFilter.ANY,
                            new AccessControlEntryFilter(
                                    grant.principal(), null, AclOperation.ANY, AclPermissionType.ANY)))
                    .values()
                    .get());
        }
        return there;
    }

    private static Set<AclBinding> minus(Set<AclBinding> some, Set<AclBinding> others) {
        Set<AclBinding> rest = new HashSet<>(some);
        rest.removeAll(others);
        return rest;
    }
}
