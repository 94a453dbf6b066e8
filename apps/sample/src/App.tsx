import { Link, Navigate, Route, Routes, useLocation } from 'react-router';
import { EnvironmentLabel } from './components/EnvironmentLabel';
import { AppFrame } from './added/app-frame';
import { ADDED_PAGES } from './added/pages';
import { TokenWidget } from './added/token-widget';
import { AuditActivities } from './pages/AuditActivities';
import { BulkUserLookup } from './pages/BulkUserLookup';
import { IdentityMetrics } from './pages/IdentityMetrics';
import { ImplicitFlow } from './pages/ImplicitFlow';
import { OrganizationLicensing } from './pages/OrganizationLicensing';
import { UserProfile } from './pages/UserProfile';
import { WorkerTokenFlow } from './pages/WorkerTokenFlow';

const LINKS = [
	{ to: '/worker-token', label: 'Worker Token Flow', description: 'Credentials and token' },
	{ to: '/user-profile', label: 'User Profile', description: 'One user of the directory' },
	{ to: '/identity-metrics', label: 'Identity Metrics', description: 'Identities over time' },
	{ to: '/audit-activities', label: 'Audit Activities', description: 'What happened lately' },
	{ to: '/bulk-user-lookup', label: 'Bulk User Lookup', description: 'Many users at once' },
	{ to: '/organization-licensing', label: 'Organization Licensing', description: 'Licences and quotas' },
	{ to: '/implicit-flow', label: 'Implicit Flow', description: 'A flow of its own' },
];

export function App() {
	const { pathname } = useLocation();
	return (
		<AppFrame
			title="Worker console"
			links={LINKS}
			current={pathname}
			link={Link}
			status={
				<>
					<EnvironmentLabel />
					<TokenWidget />
				</>
			}
		>
			<Routes>
				<Route path="/worker-token" element={<WorkerTokenFlow />} />
				<Route path="/user-profile" element={<UserProfile />} />
				<Route path="/identity-metrics" element={<IdentityMetrics />} />
				<Route path="/audit-activities" element={<AuditActivities />} />
				<Route path="/bulk-user-lookup" element={<BulkUserLookup />} />
				<Route path="/organization-licensing" element={<OrganizationLicensing />} />
				<Route path="/implicit-flow" element={<ImplicitFlow />} />
				{ADDED_PAGES.map(({ to, element }) => (
					<Route key={to} path={to} element={element} />
				))}
				<Route path="*" element={<Navigate to="/worker-token" replace />} />
			</Routes>
		</AppFrame>
	);
}
