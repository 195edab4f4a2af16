/** Where the engine's own threads come from: the server's where it has some, virtual ones where the JDK has them. Daemons always. */
package org.sluice.gateway.thread;
