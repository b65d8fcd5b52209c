package org.carelog.audit.ledger;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.carelog.sql.Sql;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready while this service's role could do more to the ledger than add and read: what could be changed proves less. */
@Readiness
@ApplicationScoped
class GrantsCheck implements HealthCheck {
    private static final String[] APPEND_ONLY = {
        "access_record",
        "source_gap",
        "source_fault",
        "unreadable_record",
        "ledger_leaf",
        "ledger_hash",
        "ledger_checkpoint",
        "audit_entry",
        "audit_seal",
        "resource_version"
    };

    private final Sql sql;

    GrantsCheck(Sql sql) {
        this.sql = sql;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> changeable = changeable();
        return HealthCheckResponse.named("audit ledger grants")
                .status(changeable.isEmpty())
                .withData("changeable", String.join(", ", changeable))
                .build();
    }

    /** By a grant to the role, to one that it belongs to or to everybody; as owner; as superuser. */
    private List<String> changeable() {
        return sql.list("""
                select relname from pg_class
                where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and relname = any (?)
                    and (has_table_privilege(oid, 'update, delete, truncate, trigger')
                        or has_any_column_privilege(oid, 'update')
                        or pg_has_role(relowner, 'member'))
                order by relname
                """, row -> row.getString(1), (Object) APPEND_ONLY);
    }
}
