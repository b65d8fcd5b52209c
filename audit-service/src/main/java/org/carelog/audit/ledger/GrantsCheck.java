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
        "ledger_month",
        "ledger_month_source",
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

    /** The table or a month of it: by a grant to the role, to one that it belongs to or to everybody; as owner; as superuser. */
    private List<String> changeable() {
        return sql.list("""
                select distinct coalesce(whole.relname, part.relname)
                from pg_class as part
                left join pg_inherits on inhrelid = part.oid
                left join pg_class as whole on whole.oid = inhparent
                where part.relnamespace = current_schema()::regnamespace and part.relkind in ('r', 'p')
                    and coalesce(whole.relname, part.relname) = any (?)
                    and (has_table_privilege(part.oid, 'update, delete, truncate, trigger')
                        or has_any_column_privilege(part.oid, 'update')
                        or pg_has_role(part.relowner, 'member'))
                order by 1
                """, row -> row.getString(1), (Object) APPEND_ONLY);
    }
}
