/** Who logged in, who was refused, and who may what now, as Keycloak tells it: {@code docs/audit.md}, Logins and privileges. */
package org.carelog.audit.identity;
