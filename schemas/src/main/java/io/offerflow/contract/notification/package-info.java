/** Renders notifications as messages for a mailer. */
package io.offerflow.contract.notification;
