/** Notifications as letters that people read, for whoever mails them. */
package io.offerflow.contract.notification;
