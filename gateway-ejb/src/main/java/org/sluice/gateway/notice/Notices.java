package org.sluice.gateway.notice;

import jakarta.enterprise.context.ApplicationScoped;

/** Takes notices from every part of the gateway. */
@ApplicationScoped
public class Notices {
    private static final System.Logger LOG = System.getLogger(Notices.class.getName());

    /** Returns at once and never throws. */
    public void tell(Notice notice) {
        LOG.log(System.Logger.Level.INFO, "{0}: {1}", notice.kind(), notice.subject());
    }
}
