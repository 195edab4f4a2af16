package org.sluice.gateway.persistence;

import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.hibernate.engine.transaction.jta.platform.internal.SunOneJtaPlatform;
import org.hibernate.engine.transaction.jta.platform.spi.JtaPlatform;
import org.hibernate.engine.transaction.jta.platform.spi.JtaPlatformProvider;

/**
 * Names Payara's transaction manager, which Hibernate 6.6 does not find by itself. Elsewhere it answers {@code null}
 * and Hibernate looks on: it knows Open Liberty by the class {@code com.ibm.tx.jta.TransactionManagerFactory}.
 */
public class ServerJtaPlatform implements JtaPlatformProvider {
    private static final String PAYARA_TRANSACTION_MANAGER = "java:appserver/TransactionManager";

    @Override
    public JtaPlatform getProvidedJtaPlatform() {
        return isPayara() ? new SunOneJtaPlatform() : null;
    }

    private static boolean isPayara() {
        try {
            return new InitialContext().lookup(PAYARA_TRANSACTION_MANAGER) != null;
        } catch (NamingException absent) {
            return false;
        }
    }
}
