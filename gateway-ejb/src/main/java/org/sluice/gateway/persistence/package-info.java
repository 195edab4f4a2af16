/**
 * What Hibernate must be told about the server it runs in; nothing else touches this package.
 * Found by {@link java.util.ServiceLoader}, called once while the persistence unit {@code gateway} is built.
 */
package org.sluice.gateway.persistence;
