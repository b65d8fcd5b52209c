package org.carelog.audit.disclosure;

import jakarta.inject.Singleton;
import java.util.Set;
import org.carelog.sql.Sql;

/** Of which members it is in the log that they read a topic, as long as they are members. Thread-safe. */
@Singleton
final class Sessions {
    private final Sql sql;

    Sessions(Sql sql) {
        this.sql = sql;
    }

    Set<Session> all() {
        return Set.copyOf(sql.list(
                "select group_id, session, topic from disclosure_session",
                row -> new Session(row.getString(1), row.getString(2), row.getString(3))));
    }

    /** In the caller's transaction; false: another one has noted it. */
    boolean begin(Session session) {
        return sql.update(
                        "insert into disclosure_session (group_id, session, topic) values (?, ?, ?) on conflict do nothing",
                        session.group(),
                        session.session(),
                        session.topic())
                == 1;
    }

    void end(Session session) {
        sql.update(
                "delete from disclosure_session where group_id = ? and session = ? and topic = ?",
                session.group(),
                session.session(),
                session.topic());
    }
}
